import { Button, DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import "dayjs/locale/zh-cn";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";
import type { Days } from "./queries";
import { lastDays } from "./view";

const dayFormat = "YYYY-MM-DD";

export function DaysPicker({ days, onChoose }: { days: Days; onChoose: (days: Days) => void }) {
  const { t } = useWords();
  const { shop } = useWork();
  const presets = [
    { label: t("figures.today"), count: 1 },
    { label: t("figures.week"), count: 7 },
    { label: t("figures.month"), count: 30 },
  ];
  const value: [Dayjs, Dayjs] = [dayjs(days.fromDay), dayjs(days.toDay)];
  return (
    <>
      <DatePicker.RangePicker
        size="small"
        aria-label={t("figures.range")}
        allowClear={false}
        value={value}
        onChange={(range) => {
          const [from, to] = range ?? [];
          if (from && to) {
            onChoose({ fromDay: from.format(dayFormat), toDay: to.format(dayFormat) });
          }
        }}
      />
      {presets.map((preset) => (
        <Button
          key={preset.count}
          size="small"
          onClick={() => onChoose(lastDays(shop.timeZone, preset.count))}
        >
          {preset.label}
        </Button>
      ))}
    </>
  );
}
