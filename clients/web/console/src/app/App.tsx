import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider, type ThemeConfig } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useState } from "react";
import { RouterProvider } from "react-router";
import { makeQueryClient } from "../shared/api/queries";
import { useWords } from "../shared/words";
import { makeRouter } from "./routes";

const theme: ThemeConfig = {
  token: {
    colorPrimary: "#1554ad",
    colorLink: "#1554ad",
    colorTextDescription: "#595959",
    colorTextPlaceholder: "#737373",
    borderRadius: 4,
    fontSize: 13,
    fontSizeSM: 12,
    controlHeight: 30,
    // The system's own fonts: nothing is loaded from elsewhere.
    fontFamily:
      'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    motionDurationMid: "0.1s",
    motionDurationSlow: "0.15s",
  },
};

export function App() {
  const { language } = useWords();
  const [queries] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
    >
      <AntdApp>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
