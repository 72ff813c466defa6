import { MemoStage, type Memo } from "@redress/contract/redress/order/v1/memo_service_pb";
import { AutoComplete, Button, Form, Input, Radio } from "antd";
import { useEffect, useState } from "react";
import { useWork } from "../../session/work";
import { SaveNotice } from "../../shared/ui/SaveNotice";
import { useWords } from "../../shared/words";
import { bytesLeft, holdsSeparator } from "./bytes";
import { Flag, flagColours } from "./Flag";
import { enteredOf, useCheck, useMemoOf, useWriteMemo, type Entered } from "./queries";

interface Props {
  orderId: string;
  of: Memo;
  stage: MemoStage;
  onClose: () => void;
}

const typingPause_ms = 250;

// What was entered, once nobody types any more.
function usePaused(entered: Entered): Entered {
  const [paused, setPaused] = useState(entered);
  const content = JSON.stringify(entered);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(JSON.parse(content) as Entered), typingPause_ms);
    return () => clearTimeout(timer);
  }, [content]);
  return paused;
}

// What, who and what next, in the format that pre-sale and after-sales share.
export function MemoForm({ orderId, of, stage, onClose }: Props) {
  const { t } = useWords();
  const { session } = useWork();
  const [form] = Form.useForm<Entered>();
  const initial = enteredOf(of.formatted ? of.fields : undefined, stage, session.displayName);
  const entered = { ...initial, ...Form.useWatch<Entered | undefined>([], form) };
  const check = useCheck(usePaused(entered));
  const [etag, setEtag] = useState(of.etag);
  const read = useMemoOf(orderId);
  const write = useWriteMemo(orderId, onClose);
  const load = () =>
    void read.refetch().then(({ data }) => {
      if (!data) return;
      form.setFieldsValue(enteredOf(data.fields, stage, session.displayName));
      setEtag(data.etag);
      write.reset();
    });
  const left = bytesLeft(entered);
  const separator = {
    validator: (_: unknown, text = "") =>
      holdsSeparator(text) ? Promise.reject(new Error(t("memo.separator"))) : Promise.resolve(),
  };
  const needed = { required: true, whitespace: true, message: t("memo.missing") };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="action-form"
      initialValues={initial}
      onFinish={(memo) => write.mutate({ ...memo, etag })}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <SaveNotice error={write.error} onLoad={load} />
      <div className="page-title">
        <Form.Item name="stage" noStyle>
          <Radio.Group
            optionType="button"
            size="small"
            options={[
              { value: MemoStage.PRE_SALE, label: t("memo.preSale") },
              { value: MemoStage.AFTER_SALES, label: t("memo.afterSales") },
            ]}
          />
        </Form.Item>
        <Form.Item name="flag" noStyle>
          <Radio.Group
            aria-label={t("memo.flag")}
            options={flagColours.map((_, flag) => ({ value: flag, label: <Flag of={flag} /> }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="what" label={t("memo.what")} rules={[needed, separator]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="who" label={t("memo.who")} rules={[needed, separator]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="nextStep" label={t("memo.next")} rules={[separator]}>
          <AutoComplete
            options={(check.data?.nextSteps ?? []).map((value) => ({ value }))}
            placeholder={t("memo.nextHint")}
          />
        </Form.Item>
      </div>
      <div className="words">{check.data?.text}</div>
      <div role="status" className={left < 0 ? "needs-person" : "quiet"}>
        {t(left < 0 ? "memo.over" : "memo.left", { count: Math.abs(left) })}
      </div>
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" disabled={left < 0} loading={write.isPending}>
          {t("common.save")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}
