import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` talks to a running gateway; REDRESS_GATEWAY names another one than the default.
const gateway = process.env["REDRESS_GATEWAY"] ?? "https://localhost:7100";
const proxied = { target: gateway, secure: false, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    // The console's pages are its own chunks; what all of them stand on is cached on its own.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/,
            },
            { name: "calls", test: /node_modules[\\/](@bufbuild|@connectrpc|@tanstack)[\\/]/ },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { "/session": proxied, "^/redress\\.": proxied } },
});
