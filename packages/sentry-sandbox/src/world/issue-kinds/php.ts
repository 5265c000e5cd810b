import { defineErrors } from './define-errors.ts'

export const phpErrors = defineErrors([
  [
    'Illuminate\\Database\\QueryException',
    "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry for key '{noun}s_{field}_unique'",
    '/app/Http/Controllers/{Noun}Controller.php',
    'App\\Http\\Controllers\\{Noun}Controller::store',
    'App\\Http\\Controllers',
    { cause: { type: 'PDOException', value: 'SQLSTATE[23000]: Integrity constraint violation' } },
  ],
  [
    'ErrorException',
    'Warning: Undefined array key "{field}"',
    '/app/Services/{Noun}Service.php',
    'App\\Services\\{Noun}Service::price',
    'App\\Services',
    { level: 'warning' },
  ],
  [
    'TypeError',
    'App\\Services\\{Noun}Service::find(): Argument #1 ($id) must be of type int, null given',
    '/app/Services/{Noun}Service.php',
    'App\\Services\\{Noun}Service::find',
    'App\\Services',
  ],
  [
    'Symfony\\Component\\HttpKernel\\Exception\\NotFoundHttpException',
    '',
    '/vendor/laravel/framework/src/Illuminate/Routing/Router.php',
    'Illuminate\\Routing\\Router::findRoute',
    'Illuminate\\Routing',
    { isHandled: true, level: 'info' },
  ],
  ['Error', 'Call to a member function format() on null', '/resources/views/{noun}/show.blade.php', 'include', 'views'],
])
