import "antd/dist/reset.css";
import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { startSequences } from "./shared/keyboard/useShortcuts";
import { startWords } from "./shared/words";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await startWords();
startSequences();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
