import type { Tag } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { Button, Checkbox, ColorPicker, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { tagTopics, useTags } from "./queries";

interface Entered {
  tagCode: string;
  group: string;
  colour: string;
  nameZh: string;
  nameEn: string;
  meaningZh: string;
  meaningEn: string;
  expiryDays: number;
  byHand: boolean;
}

const colours = ["#d4380d", "#d48806", "#389e0d", "#08979c", "#1554ad", "#722ed1", "#595959"];

function initialOf(tag: Tag | null): Entered {
  if (tag) {
    const { $typeName: _, $unknown: __, ...rest } = tag;
    return rest;
  }
  const empty = { tagCode: "", group: "", nameZh: "", nameEn: "", meaningZh: "", meaningEn: "" };
  return { ...empty, colour: "#1554ad", expiryDays: 0, byHand: true };
}

// What a tag is; null for a new one.
export function TagForm({ of, onDone }: { of: Tag | null; onDone: () => void }) {
  const { t } = useWords();
  const { api } = useWork();
  const [form] = Form.useForm<Entered>();
  const tags = useTags(true);
  // The form keeps the version that it was filled from, until the newer one is loaded into it.
  const now = tags.data?.find((tag) => tag.tagCode === of?.tagCode) ?? of;
  const [version, setVersion] = useState(of?.version ?? 0);
  const set = useChanging(
    (entered: Entered & { version: number }, requestId) =>
      api.tags.setTag({ ...entered, requestId }),
    tagTopics,
    onDone,
  );
  const load = () => {
    if (!now) return;
    form.setFieldsValue(initialOf(now));
    setVersion(now.version);
    set.reset();
  };
  const needed = [{ required: true, whitespace: true, message: t("webhook.missing") }];
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of)}
      onFinish={(entered) => set.mutate({ ...entered, version })}
    >
      <SaveNotice error={set.error} onLoad={load} />
      <Form.Item
        name="tagCode"
        label={t("tag.code")}
        extra={t("tag.codeHint")}
        rules={[...needed, { pattern: /^[a-z][a-z0-9_]*$/, message: t("tag.codeHint") }]}
      >
        <Input disabled={of !== null} autoFocus={of === null} autoComplete="off" maxLength={40} />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="nameZh" label={t("tag.nameZh")} rules={needed}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="nameEn" label={t("tag.nameEn")} rules={needed}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item name="group" label={t("tag.group")} rules={needed}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="colour"
          label={t("tag.colour")}
          getValueFromEvent={(picked: { toHexString: () => string }) =>
            picked.toHexString().slice(0, 7).toLowerCase()
          }
        >
          <ColorPicker
            disabledAlpha
            showText
            presets={[{ label: t("tag.colour"), colors: colours }]}
          />
        </Form.Item>
      </div>
      <Form.Item name="meaningZh" label={t("tag.meaningZh")}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="meaningEn" label={t("tag.meaningEn")}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="expiryDays" label={t("tag.expiry")} extra={t("tag.expiryHint")}>
        <InputNumber min={0} max={3650} precision={0} />
      </Form.Item>
      <Form.Item name="byHand" valuePropName="checked">
        <Checkbox>{t("tag.byHand")}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t("common.save")}
      </Button>
    </Form>
  );
}
