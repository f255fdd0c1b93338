// The rules that no fault can break where a suite would see it, each with the reason.

export const unprovokable: Readonly<Record<string, string>> = {
  'order.rate-before-method':
    'that a caller would be throttled cannot be known of an answer 405, short of flooding the deployment',
};
