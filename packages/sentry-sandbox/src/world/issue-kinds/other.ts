import { defineErrors } from './define-errors.ts'

export const otherErrors = defineErrors([
  [
    '_TypeError',
    "type 'Null' is not a subtype of type 'String'",
    'package:dispatch/{noun}/{noun}_page.dart',
    '_{Noun}PageState.build',
    'dispatch',
  ],
  [
    'FlutterError',
    'A RenderFlex overflowed by {number} pixels on the bottom.',
    'package:flutter/src/rendering/flex.dart',
    'RenderFlex.paint',
    'flutter',
    { level: 'warning', isHandled: true },
  ],
  [
    'SocketException',
    "Failed host lookup: '{host}'",
    'package:dispatch/api/{noun}_api.dart',
    '{Noun}Api.fetch',
    'dispatch',
    { isHandled: true },
  ],
  [
    'MissingPluginException',
    'No implementation found for method scan on channel {noun}/scanner',
    'package:flutter/src/services/platform_channel.dart',
    'MethodChannel._invokeMethod',
    'flutter',
  ],
])
