import { defineErrors } from './define-errors.ts'

export const nativeErrors = defineErrors([
  [
    'EXC_BAD_ACCESS',
    'Fatal Error: SIGSEGV',
    'src/{noun}/{noun}_tree.cpp',
    '{noun}::{Noun}Tree::insert',
    'lib{noun}.so',
    { level: 'fatal' },
  ],
  [
    'SIGABRT',
    'Abort: corrupted size vs. prev_size',
    'src/{noun}/pool.cpp',
    '{noun}::Pool::release',
    'lib{noun}.so',
    { level: 'fatal' },
  ],
  [
    'EXCEPTION_ACCESS_VIOLATION_READ',
    'Fatal Error: EXCEPTION_ACCESS_VIOLATION_READ / 0x18',
    'src/render/{noun}_pass.cpp',
    'render::{Noun}Pass::draw',
    '{Noun}.exe',
    { level: 'fatal' },
  ],
  [
    'std::out_of_range',
    'vector::_M_range_check: __n (which is {number}) >= this->size()',
    'src/{noun}/grid.cpp',
    '{noun}::Grid::at',
    'lib{noun}.so',
  ],
])

export const rustErrors = defineErrors([
  [
    'panic',
    'called `Option::unwrap()` on a `None` value',
    'src/{noun}/solver.rs',
    '{noun}::solver::Solver::step',
    '{noun}',
    { level: 'fatal' },
  ],
  [
    'panic',
    'index out of bounds: the len is {number} but the index is {number}',
    'src/{noun}/grid.rs',
    '{noun}::grid::Grid::cell',
    '{noun}',
    { level: 'fatal' },
  ],
  [
    'hyper::Error',
    'error trying to connect: tcp connect error: Connection refused (os error 111)',
    'src/upstream/connect.rs',
    '{noun}::upstream::connect',
    '{noun}',
    { isHandled: true, cause: { type: 'std::io::Error', value: 'Connection refused (os error 111)' } },
  ],
  [
    'serde_json::Error',
    'missing field `{field}` at line 1 column {number}',
    'src/{noun}/decode.rs',
    '{noun}::decode::{Noun}::from_slice',
    '{noun}',
    { isHandled: true, level: 'warning' },
  ],
  [
    'tokio::time::error::Elapsed',
    'deadline has elapsed',
    'src/{noun}/fetch.rs',
    '{noun}::fetch::fetch_{noun}',
    '{noun}',
    { isHandled: true, level: 'warning' },
  ],
])
