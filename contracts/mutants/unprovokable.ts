// The rules that no fault can break where a suite would see it, each with the reason.

export const unprovokable: Readonly<Record<string, string>> = {
  'order.scope-before-rate':
    'nobody outside can have a caller throttled who is also without scope, short of flooding a deployment',
  'order.rate-before-method':
    'nobody outside can have a caller throttled at the moment of a wrong method, short of flooding a deployment',
};
