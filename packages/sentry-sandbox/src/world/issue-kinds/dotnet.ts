import { defineErrors } from './define-errors.ts'

export const dotnetErrors = defineErrors([
  [
    'System.NullReferenceException',
    'Object reference not set to an instance of an object.',
    '{Noun}Service.cs',
    'Load',
    'Example.{Noun}.{Noun}Service',
  ],
  [
    'System.InvalidOperationException',
    'Sequence contains no elements',
    '{Noun}Query.cs',
    'First{Noun}',
    'Example.{Noun}.{Noun}Query',
  ],
  [
    'System.TimeoutException',
    'The operation has timed out after {number} ms.',
    '{Noun}Client.cs',
    'SendAsync',
    'Example.{Noun}.{Noun}Client',
    { cause: { type: 'System.Threading.Tasks.TaskCanceledException', value: 'A task was canceled.' } },
  ],
  [
    'System.IO.IOException',
    'The process cannot access the file because it is being used by another process.',
    'Spooler.cs',
    'Print',
    'Example.Printing.Spooler',
    { isHandled: true },
  ],
  [
    'Microsoft.Data.SqlClient.SqlException',
    "Cannot insert duplicate key row in object 'dbo.{Noun}s'.",
    '{Noun}Store.cs',
    'InsertAsync',
    'Example.{Noun}.{Noun}Store',
  ],
  [
    'System.OutOfMemoryException',
    'Insufficient memory to continue the execution of the program.',
    '{Noun}Renderer.cs',
    'Render',
    'Example.{Noun}.{Noun}Renderer',
    { level: 'fatal' },
  ],
  [
    'UnityEngine.MissingReferenceException',
    "The object of type '{Noun}' has been destroyed but you are still trying to access it.",
    '{Noun}Controller.cs',
    'Update',
    'Example.{Noun}Controller',
  ],
])
