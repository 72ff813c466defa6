import { useEffect, useRef } from "react";

// Keys are what KeyboardEvent.key says; "g w" is g, then w within two seconds.
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

const sequenceLife_ms = 2000;
let prefix = "";
let prefixTime = 0;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    // Neither tick boxes nor radio buttons take letters. No shortcut is an arrow: those go on
    // choosing among radio buttons.
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"))
  );
}

function isSomethingOpen(): boolean {
  return document.querySelector(".ant-modal-wrap:not([style*='none']), .ant-drawer-open") !== null;
}

// What was typed, with the prefix that came before it.
function typed(event: KeyboardEvent): string {
  const isFollowed = prefix !== "" && event.timeStamp - prefixTime < sequenceLife_ms;
  return isFollowed ? `${prefix} ${event.key}` : event.key;
}

// Single keys work where nobody types and nothing covers the page; `whenOpen` keeps them in
// dialogs too.
export function useShortcuts(shortcuts: Shortcuts, whenOpen = false): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      // One press is one act, however long the key is held.
      if (event.repeat) return;
      if (isTyping(event.target) || (!whenOpen && isSomethingOpen())) return;
      const act = latest.current[typed(event)];
      if (!act) return;
      event.preventDefault();
      prefix = "";
      act(event);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [whenOpen]);
}

// Remembers a first key of a sequence. Listens at the window, where a key arrives after every
// useShortcuts at the document has had its turn.
export function startSequences(): void {
  window.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.key === "Shift") return;
    prefix = event.key === "g" && !event.defaultPrevented ? "g" : "";
    prefixTime = event.timeStamp;
  });
}
