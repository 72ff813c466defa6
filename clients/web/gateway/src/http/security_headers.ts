// The headers that every answer carries, so that no file or route can be without them.
import type { App } from "./app.ts";

// Styles may be inline: Ant Design writes its styles into <style> elements at run time and ECharts
// sets style attributes in its tooltips, and index.html is one file for everyone, which has no
// place for a nonce. A style cannot call anyone (img-src and connect-src stay at home). Scripts have
// no such exception.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

export function addSecurityHeaders(app: App): void {
  app.addHook("onRequest", (_request, reply, done) => {
    // On the raw response: answers to RPCs are not written by Fastify.
    for (const [name, value] of Object.entries(HEADERS)) reply.raw.setHeader(name, value);
    done();
  });
}
