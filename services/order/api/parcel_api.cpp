#include "services/order/api/parcel_api.h"

#include "services/order/api/kuaidi100.h"
#include "services/order/api/mapping.h"
#include "services/order/api/write.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"
#include "services/platform/paging/paging.h"

namespace redress::order {
namespace {

using platform::Code;
using platform::PageQuery;
using platform::ParseId;
using platform::Refusal;

// What nobody heard of for longer is lost, and listing it every day helps nobody.
constexpr std::int64_t kHorizonUs = 60 * platform::kDayUs;

void ToProto(const ListedParcel& parcel, v1::Parcel& out) {
  out.set_order_id(platform::ToString(parcel.order));
  out.set_platform(parcel.key.platform);
  out.set_order_number(parcel.key.number);
  out.set_customer_id(platform::ToString(parcel.customer));
  ToProto(parcel.shipment, *out.mutable_shipment());
  *out.mutable_since() = ToTimestamp(parcel.since);
}

std::optional<ParcelKey> KeyOf(const std::optional<platform::PageKey>& key) {
  if (!key) return std::nullopt;
  return ParcelKey{static_cast<std::int64_t>(key->at(0)), OrderId{key->at(1)}, key->at(2)};
}

// The key behind the last row, given the key before the first one.
ParcelKey EndOf(const std::vector<ListedParcel>& parcels, const std::optional<ParcelKey>& start) {
  ParcelKey end{parcels.back().since, parcels.back().order, 0};
  for (const ListedParcel& each : parcels) {
    if (each.since == end.since && each.order == end.order) ++end.shown;
  }
  if (start && start->since == end.since && start->order == end.order) end.shown += start->shown;
  return end;
}

template <class Response>
void Fill(ParcelRepository& store, ShopId shop, ParcelQuery query, const PageQuery& page,
          std::size_t size, Response& response) {
  query.limit = size + 1;
  std::vector<ListedParcel> parcels = store.List(shop, query);
  if (parcels.size() > size) {
    parcels.pop_back();
    const ParcelKey end = EndOf(parcels, query.after);
    response.set_next_page_token(
        page.Encode({static_cast<std::uint64_t>(end.since), end.order.value, end.shown}));
  }
  for (const ListedParcel& parcel : parcels) ToProto(parcel, *response.add_parcels());
}

}  // namespace

grpc::ServerUnaryReactor* ParcelApi::PushTracks(grpc::CallbackServerContext* context,
                                                const v1::PushTracksRequest* request,
                                                v1::PushTracksResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ParcelApi::ListTracks(grpc::CallbackServerContext* context,
                                                const v1::ListTracksRequest* request,
                                                v1::ListTracksResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ParcelApi::ListStuckParcels(grpc::CallbackServerContext* context,
                                                      const v1::ListStuckParcelsRequest* request,
                                                      v1::ListStuckParcelsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ParcelApi::ListUntoldParcels(grpc::CallbackServerContext* context,
                                                       const v1::ListUntoldParcelsRequest* request,
                                                       v1::ListUntoldParcelsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ParcelApi::MarkParcelTold(grpc::CallbackServerContext* context,
                                                    const v1::MarkParcelToldRequest* request,
                                                    v1::MarkParcelToldResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

void ParcelApi::Answer(const Call& call, const v1::PushTracksRequest& request,
                       v1::PushTracksResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto salt = uses_.rules.CarrierSalt(shop);
  if (!salt) {
    throw Refusal(Code::kFailedPrecondition, "NO_CARRIER_SALT",
                  "The shop keeps no salt that a push could be judged by; set the one that it "
                  "subscribed with.");
  }
  if (!IsSigned(request.param(), *salt, request.sign())) {
    throw Refusal(Code::kPermissionDenied, "BAD_SIGNATURE",
                  "The sign is not that of this param under the shop's salt; pass both on as they "
                  "came.");
  }
  const auto push = ReadTrackPush(request.param());
  if (const auto* problem = std::get_if<Problem>(&push)) {
    throw platform::InvalidField("param." + problem->field, problem->description);
  }
  const TracksTaken taken = uses_.parcels.Take(shop, std::get<TrackPush>(push), call.clock.NowUs());
  response.set_parcels(taken.parcels);
  response.set_new_tracks(taken.new_tracks);
}

void ParcelApi::Answer(const Call& call, const v1::ListTracksRequest& request,
                       v1::ListTracksResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const PageQuery page("ListTracks", shop, {request.order_id()});
  std::optional<TrackKey> after;
  if (const auto key = page.Decode(request.page_token(), 2)) {
    after = TrackKey{static_cast<std::int64_t>(key->at(0)), key->at(1)};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  std::vector<Track> tracks = uses_.parcels.ListTracks(shop, order, after, size + 1);
  if (tracks.size() > size) {
    tracks.pop_back();
    TrackKey end{tracks.back().at, 0};
    for (const Track& each : tracks) end.shown += each.at == end.at ? 1 : 0;
    if (after && after->at == end.at) end.shown += after->shown;
    response.set_next_page_token(page.Encode({static_cast<std::uint64_t>(end.at), end.shown}));
  }
  for (const Track& track : tracks) {
    v1::Track& out = *response.add_tracks();
    out.set_tracking_number(track.tracking_number);
    *out.mutable_track_time() = ToTimestamp(track.at);
    out.set_text(track.text);
    out.set_erased(track.erased);
  }
}

void ParcelApi::Answer(const Call& call, const v1::ListStuckParcelsRequest& request,
                       v1::ListStuckParcelsResponse& response) {
  const ShopId shop = call.caller.shop;
  const PageQuery page("ListStuckParcels", shop, {std::to_string(request.silent_hours())});
  const std::uint32_t hours = request.silent_hours() != 0
                                  ? request.silent_hours()
                                  : uses_.rules.Find(shop).stuck_after_hours;
  const std::int64_t now_us = call.clock.NowUs();
  ParcelQuery query;
  query.list = ParcelList::kSilent;
  query.from = now_us - kHorizonUs - hours * platform::kHourUs;
  query.until = now_us - hours * platform::kHourUs;
  query.after = KeyOf(page.Decode(request.page_token(), 3));
  Fill(uses_.parcels, shop, query, page, platform::PageSize(request.page_size()), response);
}

void ParcelApi::Answer(const Call& call, const v1::ListUntoldParcelsRequest& request,
                       v1::ListUntoldParcelsResponse& response) {
  const ShopId shop = call.caller.shop;
  const PageQuery page("ListUntoldParcels", shop);
  const std::int64_t now_us = call.clock.NowUs();
  ParcelQuery query;
  query.list = ParcelList::kUntold;
  query.from = now_us - kHorizonUs;
  query.until = now_us;
  query.after = KeyOf(page.Decode(request.page_token(), 3));
  Fill(uses_.parcels, shop, query, page, platform::PageSize(request.page_size()), response);
}

void ParcelApi::Answer(const Call& call, const v1::MarkParcelToldRequest& request,
                       v1::MarkParcelToldResponse& response) {
  const Told told = uses_.parcels.MarkTold(MakeWrite(call, request.request_id(), request),
                                           ParseId<OrderId>(request.order_id(), "order_id"),
                                           request.tracking_number());
  *response.mutable_tell_time() = ToTimestamp(told.at);
  response.set_account_id(platform::ToString(told.account));
}

}  // namespace redress::order
