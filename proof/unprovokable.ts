// The rules that no fault can break where a suite would see it, each with the reason.

export const unprovokable: Readonly<Record<string, string>> = {
  'order.scope-before-rate':
    'a gateway in front of a right deployment may throttle before anybody looks at credentials, and its answers look alike',
  'order.rate-before-method':
    'that a caller would be throttled cannot be known of an answer 405, short of flooding the deployment',
};
