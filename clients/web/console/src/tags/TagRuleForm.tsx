import type { TagRule } from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { Code } from "@connectrpc/connect";
import { Button, Form, Select } from "antd";
import { useState } from "react";
import { DefinitionError } from "../conditions/CircleNotice";
import { ConditionInput } from "../conditions/ConditionInput";
import { isRefusal } from "../shared/api/refusal";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { tagName, useTags } from "./queries";
import { useSetRule, useTagRules } from "./ruleQueries";

interface Props {
  // Nothing for a new rule.
  of?: TagRule;
  onDone: (rule: TagRule) => void;
}

interface Entered {
  tagCode: string;
  expression: string;
}

// The condition of a tag, saved as the next draft.
export function TagRuleForm({ of, onDone }: Props) {
  const words = useWords();
  const { t } = words;
  const [form] = Form.useForm<Entered>();
  const [version, setVersion] = useState(of?.version ?? 0);
  const tags = useTags();
  const rules = useTagRules();
  const set = useSetRule(onDone);
  const load = () => {
    const now = rules.data?.find((rule) => rule.tagCode === form.getFieldValue("tagCode"));
    if (!now) return;
    form.setFieldsValue({ expression: now.expression });
    setVersion(now.version);
    set.reset();
  };
  const taken = new Set(rules.data?.map((rule) => rule.tagCode));
  const options = (tags.data ?? [])
    .filter((tag) => of !== undefined || !taken.has(tag.tagCode))
    .map((tag) => ({ value: tag.tagCode, label: tagName(tag, tag.tagCode, words) }));
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ tagCode: of?.tagCode, expression: of?.expression ?? "" }}
      onFinish={({ tagCode, expression }) =>
        set.mutate({ tagCode: of?.tagCode ?? tagCode, expression, version })
      }
    >
      {set.error && isRefusal(set.error, Code.Aborted) ? (
        <SaveNotice error={set.error} onLoad={load} />
      ) : (
        set.error && <DefinitionError error={set.error} />
      )}
      {!of && (
        <Form.Item
          name="tagCode"
          label={t("tagRule.tag")}
          rules={[{ required: true, message: t("tagRule.chooseTag") }]}
        >
          <Select
            autoFocus
            loading={tags.isPending}
            showSearch={{ optionFilterProp: "label" }}
            options={options}
          />
        </Form.Item>
      )}
      <Form.Item
        name="expression"
        label={t("tagRule.condition")}
        rules={[{ required: true, whitespace: true, message: t("condition.missing") }]}
      >
        <ConditionInput />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t("tagRule.saveDraft")}
      </Button>
    </Form>
  );
}
