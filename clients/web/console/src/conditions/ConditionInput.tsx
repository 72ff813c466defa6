import type { FactDefinition } from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef } from "react";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";
import { positionOf, problemOf } from "./check";
import type { Problem } from "./lexer";

export function useFacts() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "condition facts"],
    queryFn: async ({ signal }) => (await api.tagRules.listFacts({}, { signal })).facts,
    staleTime: Infinity,
  });
}

interface Props {
  id?: string;
  value?: string;
  onChange?: (condition: string) => void;
}

// A condition as it is typed: what is wrong where, the fact that was meant, and the facts there are.
export function ConditionInput({ id, value = "", onChange }: Props) {
  const { t } = useWords();
  const facts = useFacts();
  const input = useRef<TextAreaRef>(null);
  const problem = facts.data && value.trim() ? problemOf(value, facts.data) : undefined;
  const replace = (from: number, to: number, text: string) => {
    onChange?.(value.slice(0, from) + text + value.slice(to));
    const area = input.current?.resizableTextArea?.textArea;
    // Behind what was written, once it is drawn.
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + text.length, from + text.length);
    });
  };
  const insert = (text: string) => {
    const area = input.current?.resizableTextArea?.textArea;
    const at = area?.selectionStart ?? value.length;
    const isClose = at > 0 && !/[\s(]$/.test(value.slice(0, at));
    replace(at, area?.selectionEnd ?? at, `${isClose ? " " : ""}${text}`);
  };
  return (
    <div className="condition-input">
      <Input.TextArea
        {...(id && { id })}
        ref={input}
        value={value}
        className="condition-text"
        autoSize={{ minRows: 3, maxRows: 10 }}
        spellCheck={false}
        maxLength={2000}
        placeholder={t("condition.example")}
        {...(problem && { status: "error" as const })}
        onChange={(event) => onChange?.(event.target.value)}
      />
      <div role="status" className="condition-verdict">
        {problem && <Verdict of={problem} source={value} onReplace={replace} />}
        {!problem && value.trim() && facts.data && (
          <span className="quiet">✓ {t("condition.ok")}</span>
        )}
      </div>
      <FactPicker of={facts.data ?? []} onPick={insert} />
    </div>
  );
}

interface VerdictProps {
  of: Problem;
  source: string;
  onReplace: (from: number, to: number, text: string) => void;
}

function Verdict({ of, source, onReplace }: VerdictProps) {
  const { t } = useWords();
  const { nearest } = of;
  const found = of.found || (of.at >= source.length ? t("condition.end") : "");
  return (
    <>
      <div className="needs-person">
        {t("condition.at", { position: positionOf(source, of.at) })}
        {found && ` · ${t("condition.found", { found })}`}
        {` · ${t(`conditionProblem.${of.why}`, { name: of.name ?? "" })}`}
      </div>
      {nearest && (
        <div>
          {t("condition.nearest", { name: nearest })}{" "}
          <Button size="small" onClick={() => onReplace(of.at, of.end, nearest)}>
            {t("condition.use", { name: nearest })}
          </Button>
        </div>
      )}
    </>
  );
}

function FactPicker({ of, onPick }: { of: FactDefinition[]; onPick: (text: string) => void }) {
  const { t, name, language } = useWords();
  return (
    <Select<string>
      className="fact-picker"
      aria-label={t("condition.facts")}
      placeholder={`${t("condition.facts")}: ${t("condition.factsHint")}`}
      value={null}
      showSearch={{ optionFilterProp: "title" }}
      options={of.map((fact) => {
        const meaning = language === "zh" ? fact.meaningZh : fact.meaningEn;
        return {
          value: fact.takesText ? `${fact.name}("")` : fact.name,
          title: `${fact.name} ${fact.meaningZh} ${fact.meaningEn}`,
          label: `${fact.name} · ${name("factType", fact.type)} · ${meaning}`,
        };
      })}
      onChange={onPick}
    />
  );
}
