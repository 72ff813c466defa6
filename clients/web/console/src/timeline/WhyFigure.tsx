import type { PersonFigures } from "@redress/contract/redress/customer/v1/figures_pb";
import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useState, type ReactNode } from "react";
import { formatMoney } from "../shared/format/money";
import { useWords } from "../shared/words";

export type Explained = "lifetime" | "refunds" | "reviews";

// How a figure comes about: the rule in words, and the numbers that it was made of.
export function WhyFigure({ figure, of }: { figure: Explained; of: PersonFigures }) {
  const { t } = useWords();
  const [asks, setAsks] = useState(false);
  const title = t(`whyFigure.${figure}Title`);
  return (
    <Popover
      trigger="click"
      open={asks}
      onOpenChange={setAsks}
      destroyOnHidden
      title={title}
      content={<div className="why">{contents[figure](of)}</div>}
    >
      <Button
        type="text"
        size="small"
        icon={<QuestionCircleOutlined />}
        aria-label={title}
        title={title}
        aria-expanded={asks}
        data-why={figure}
      />
    </Popover>
  );
}

const contents: Record<Explained, (of: PersonFigures) => ReactNode> = {
  lifetime: (of) => <Lifetime of={of} />,
  refunds: (of) => <Refunds of={of} />,
  reviews: (of) => <Reviews of={of} />,
};

function Lifetime({ of }: { of: PersonFigures }) {
  const { t, locale } = useWords();
  return (
    <>
      <p>{t("whyFigure.lifetime")}</p>
      {of.money.map((one) => {
        const { currencyCode, paidOrders } = one;
        const shown = (minorUnits: bigint) => formatMoney({ currencyCode, minorUnits }, locale);
        return (
          <p key={currencyCode} className="number">
            {t("whyFigure.lifetimeSum", {
              paid: shown(one.paidMinor),
              refunded: shown(one.refundedMinor),
              net: shown(one.lifetimeMinor),
            })}
            {paidOrders > 0 && (
              <>
                <br />
                {t("whyFigure.averageSum", {
                  paid: shown(one.paidMinor),
                  count: paidOrders,
                  average: shown(one.averageMinor),
                })}
              </>
            )}
          </p>
        );
      })}
      <p>{t("whyFigure.paidCounts")}</p>
      <RefundSources />
      <p className="quiet">{t("whyFigure.wholePerson")}</p>
    </>
  );
}

function Refunds({ of }: { of: PersonFigures }) {
  const { t } = useWords();
  const share = (of.refundShareThousandths / 10).toFixed(1);
  return (
    <>
      <p>{t("whyFigure.refunds", { count: of.refunds })}</p>
      <RefundSources />
      <p>
        {t("whyFigure.refundShare", { refunded: of.refundedOrders, paid: of.paidOrders, share })}
      </p>
      <p className="quiet">{t("whyFigure.wholePerson")}</p>
    </>
  );
}

// Each refund is of one source, so that none counts twice.
function RefundSources() {
  const { t } = useWords();
  return (
    <>
      <p>{t("whyFigure.refundedCounts")}</p>
      <ul className="reason-list">
        <li>{t("whyFigure.fromCases")}</li>
        <li>{t("whyFigure.fromPlatform")}</li>
        <li>{t("whyFigure.fromAdjustments")}</li>
      </ul>
    </>
  );
}

function Reviews({ of }: { of: PersonFigures }) {
  const { t } = useWords();
  const counts = {
    reviews: of.reviews,
    bad: of.badReviews,
    malicious: of.maliciousReviews,
    revised: of.revisedReviews,
  };
  return (
    <>
      <p>{t("whyFigure.reviews")}</p>
      <dl className="reasons">
        {Object.entries(counts).map(([key, count]) => (
          <div key={key}>
            <dt>{t(`whyFigure.${key}Count`)}</dt>
            <dd className="number">{count}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t("whyFigure.wholePerson")}</p>
    </>
  );
}
