import { Modal } from "antd";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { useWords } from "../shared/words";
import type { Section } from "./sections";
import { keysIn } from "./shortcuts";

interface Props {
  open: boolean;
  sections: Section[];
  onClose: () => void;
}

export function ShortcutHelp({ open, sections, onClose }: Props) {
  const { t } = useWords();
  useShortcuts(open ? { "?": onClose } : {}, true);
  const everywhere: [string, string][] = [
    ["?", t("help.help")],
    ["/", t("help.search")],
    ["Esc", t("help.close")],
    ["g l", t("help.language")],
    ["g b", t("help.shift")],
    ...sections.map((section): [string, string] => [
      `g ${section.key}`,
      t("help.go", { section: t(`section.${section.name}`) }),
    ]),
  ];
  return (
    <Modal open={open} title={t("help.title")} footer={null} onCancel={onClose} width={640}>
      <div className="help">
        <Keys title={t("help.everywhere")} of={everywhere} />
        <div>
          {sections.map(({ name }) => (
            <Keys
              key={name}
              title={t(`section.${name}`)}
              of={(keysIn[name] ?? []).map(([key, word]): [string, string] => [key, t(word)])}
            />
          ))}
        </div>
      </div>
    </Modal>
  );
}

function Keys({ title, of }: { title: string; of: [string, string][] }) {
  if (of.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {of.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
