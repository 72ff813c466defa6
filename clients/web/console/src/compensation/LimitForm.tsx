import { App, Button, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { decimalToMinor, minorToDecimal } from "../shared/format/money";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { pickedForm, pickedIn } from "../shared/ui/picked";
import { useWords } from "../shared/words";
import type { Limit } from "./limits";

interface Entered {
  value: string;
  from?: Dayjs | null;
}

interface Props {
  of: Limit;
  // What holds now: it is what one changes, and what is saved where one does not.
  value: string;
  onDone: () => void;
}

// One limit or list from a moment on; earlier days keep what held then.
export function LimitForm({ of, value, onDone }: Props) {
  const { t } = useWords();
  const { shop } = useWork();
  const save = useSave(of, onDone);
  const judge = (_: unknown, text?: string) => {
    const isGood = !of.isMoney || decimalToMinor(text ?? "", shop.currencyCode) !== undefined;
    return isGood ? Promise.resolve() : Promise.reject(new Error(t("compensation.limitWrong")));
  };
  return (
    <Form<Entered>
      layout="vertical"
      requiredMark={false}
      initialValues={{
        value: of.isMoney ? minorToDecimal(BigInt(value), shop.currencyCode) : value,
      }}
      onFinish={(entered) => save.mutate(entered)}
    >
      {save.error && <ErrorNotice error={save.error} />}
      <Form.Item
        name="value"
        label={t("compensation.value")}
        extra={!of.isMoney && t("compensation.listHint")}
        rules={[{ validator: judge }]}
        validateTrigger="onBlur"
      >
        {of.isMoney ? (
          <Input autoFocus autoComplete="off" inputMode="decimal" suffix={shop.currencyCode} />
        ) : (
          <Input.TextArea autoFocus autoSize={{ minRows: 2 }} />
        )}
      </Form.Item>
      <Form.Item name="from" label={t("deadlines.from")} extra={t("deadlines.fromHint")}>
        <DatePicker showTime={{ format: "HH:mm" }} format={pickedForm} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("common.save")}
      </Button>
    </Form>
  );
}

function useSave(of: Limit, onDone: () => void) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  return useChanging(
    ({ value, from }: Entered, requestId) =>
      api.shops.setShopSetting({
        requestId,
        name: of.name,
        value: of.isMoney
          ? String(decimalToMinor(value, shop.currencyCode))
          : value.replaceAll("，", ","),
        ...(from && { effectiveTime: pickedIn(shop.timeZone, from) }),
      }),
    ["settings"],
    () => {
      void message.success(t("compensation.saved"));
      onDone();
    },
  );
}
