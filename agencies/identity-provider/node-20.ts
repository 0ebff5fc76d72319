// oidc-provider 9.13 calls URL.parse, which Node has since 22.1. On Node 20 this gives it the same thing; import it before the provider.
if (typeof (URL as { parse?: unknown }).parse !== 'function') {
  Object.defineProperty(URL, 'parse', {
    value: (url: string, base?: string) => (URL.canParse(url, base) ? new URL(url, base) : null),
    configurable: true,
    writable: true,
  });
}
