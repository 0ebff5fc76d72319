/** Whether a host name means this machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** The host of `host:port`, without the brackets of IPv6. */
export const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[(.+)\]$/, '$1');

/** Whether what is sent to this address can be read on the way: plain HTTP to another machine. */
export const isPlainHttp = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !isLoopback(hostname);
};
