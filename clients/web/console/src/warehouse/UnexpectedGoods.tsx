import {
  ReportUnexpectedGoodsRequestSchema,
  type ReportUnexpectedGoodsRequest,
  type UnexpectedGoods,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { refusalOf } from "../shared/api/refusal";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";

const skipped = ["wms_reference"];

// Goods that no task announced: recorded, listed, and so seen by a person.
export function UnexpectedGoodsPane(props: { trackingNumber: string; onRecorded: () => void }) {
  const [sent, setSent] = useState(0);
  return (
    <div className="scroll">
      <UnexpectedForm
        key={`${props.trackingNumber} ${sent}`}
        trackingNumber={props.trackingNumber}
        onSent={() => {
          setSent(sent + 1);
          props.onRecorded();
        }}
      />
      <UnexpectedList />
    </div>
  );
}

function UnexpectedForm(props: { trackingNumber: string; onSent: () => void }) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const { message: toast } = App.useApp();
  const reference = useRef(newRequestId());
  const send = useMutation({
    mutationFn: (goods: ReportUnexpectedGoodsRequest) =>
      api.warehouse.reportUnexpectedGoods({ ...goods, wmsReference: reference.current }),
    onSuccess: () => {
      void toast.success(t("warehouse.unexpectedDone"));
      void queries.invalidateQueries({ queryKey: [shop.shopId, "unexpected"] });
      props.onSent();
    },
  });
  return (
    <section className="report">
      {send.error && <ErrorNotice error={send.error} />}
      <MessageForm
        message={ReportUnexpectedGoodsRequestSchema}
        skip={skipped}
        currency={shop.currencyCode}
        initial={{ tracking_number: props.trackingNumber, quantity: "1" }}
        submitText={t("warehouse.unexpectedNew")}
        busy={send.isPending}
        refusal={send.error ? refusalOf(send.error) : undefined}
        onSubmit={(goods) => send.mutate(goods as ReportUnexpectedGoodsRequest)}
      />
    </section>
  );
}

export function UnexpectedList() {
  const { t } = useWords();
  const { api, shop } = useWork();
  const read = useInfiniteQuery({
    queryKey: [shop.shopId, "unexpected"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.warehouse.listUnexpectedGoods({ pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: refresh_ms,
    select: (pages) => pages.pages.flatMap((page) => page.goods),
  });
  const columns: TableColumnsType<UnexpectedGoods> = [
    { title: t("warehouse.time"), render: (_, goods) => <TimeText of={goods.createTime} /> },
    {
      title: t("warehouse.parcel"),
      className: "number",
      render: (_, goods) => [goods.carrier, goods.trackingNumber].filter(Boolean).join(" "),
    },
    { title: t("order.sku"), dataIndex: "sku", className: "number" },
    { title: t("order.quantity"), dataIndex: "quantity", align: "right" },
  ];
  return (
    <Loaded of={read}>
      {(goods) =>
        goods.length === 0 ? (
          <Nothing what={t("warehouse.unexpectedEmpty")} />
        ) : (
          <>
            <Table
              rowKey="recordId"
              size="small"
              columns={columns}
              dataSource={goods}
              pagination={false}
            />
            {read.hasNextPage && (
              <div className="more">
                <Button size="small" onClick={() => void read.fetchNextPage()}>
                  {t("common.loadMore")}
                </Button>
              </div>
            )}
          </>
        )
      }
    </Loaded>
  );
}
