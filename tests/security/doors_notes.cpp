// Notes about customers, and the search for customers and orders.
#include <gtest/gtest.h>
#include <redress/customer/v1/note_service.pb.h>
#include <redress/customer/v1/search_service.pb.h>
#include <redress/order/v1/search_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace customer = redress::customer::v1;
namespace order = redress::order::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kWriters[] = "agent supervisor";
constexpr char kReaders[] = "agent supervisor admin auditor";

std::string SomeCustomer(Shop& shop) { return shop.PushOrder().customer_id(); }

// By whoever asks where that is a writer, so that an agent may change it.
customer::Note NewNote(Shop& shop, const std::string& who) {
  customer::AddNoteRequest request;
  request.set_request_id(Unique("note"));
  request.set_customer_id(SomeCustomer(shop));
  request.set_text("asks for an invoice");
  auto& writer = shop.As(who == "supervisor" ? who : "agent");
  return writer.Call<customer::AddNoteResponse>(request).note();
}

template <class Request>
void FillChange(Shop& shop, const std::string& who, Request& request) {
  const customer::Note note = NewNote(shop, who);
  request.set_request_id(Unique("note"));
  request.set_note_id(note.note_id());
  request.set_etag(note.etag());
}

}  // namespace

std::vector<Door> NoteDoors() {
  return {
      DoorOf<customer::AddNoteRequest>({.roles = kWriters},
                                       [](Shop& shop, auto&, auto& request) {
                                         request.set_request_id(Unique("note"));
                                         request.set_customer_id(SomeCustomer(shop));
                                         request.set_text("calls in the evening");
                                       }),
      DoorOf<customer::EditNoteRequest>({.roles = kWriters},
                                        [](Shop& shop, auto& who, auto& request) {
                                          FillChange(shop, who, request);
                                          request.set_text("calls in the morning");
                                        }),
      DoorOf<customer::DeleteNoteRequest>(
          {.roles = kWriters},
          [](Shop& shop, auto& who, auto& request) { FillChange(shop, who, request); }),
      DoorOf<customer::PinNoteRequest>(
          {.roles = kWriters},
          [](Shop& shop, auto& who, auto& request) { FillChange(shop, who, request); }),
      DoorOf<customer::GetNoteRequest>({.roles = kReaders},
                                       [](Shop& shop, auto& who, auto& request) {
                                         request.set_note_id(NewNote(shop, who).note_id());
                                       }),
      DoorOf<customer::ListNotesRequest>(
          {.roles = kReaders},
          [](Shop& shop, auto&, auto& request) { request.set_customer_id(SomeCustomer(shop)); }),
      DoorOf<customer::ListNoteVersionsRequest>({.roles = "supervisor admin auditor"},
                                                [](Shop& shop, auto& who, auto& request) {
                                                  request.set_note_id(NewNote(shop, who).note_id());
                                                }),
      DoorOf<customer::ListMentionsRequest>({.roles = kReaders}, [](Shop&, auto&, auto&) {}),
      DoorOf<customer::MarkMentionsReadRequest>(
          {.roles = kReaders}, [](Shop& shop, auto& who, auto& request) {
            request.set_request_id(Unique("read"));
            request.add_note_ids(NewNote(shop, who).note_id());
          })};
}

std::vector<Door> SearchDoors() {
  constexpr char kSearchers[] = "agent supervisor finance admin auditor";
  return {
      DoorOf<customer::SearchCustomersRequest>(
          {.roles = kSearchers, .services = "order"},
          [](Shop&, auto&, auto& request) { request.set_words("buyer"); }),
      DoorOf<order::SearchOrdersRequest>(
          {.roles = kSearchers}, [](Shop&, auto&, auto& request) { request.set_words("buyer"); })};
}

}  // namespace redress::security
