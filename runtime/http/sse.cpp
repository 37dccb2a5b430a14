#include "runtime/http/sse.hpp"

#include <utility>

#include "runtime/http/sse_port.hpp"

namespace protoflow::runtime {

namespace {

void add_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) {
    return;
  }
  out += name;
  for (const char c : value) {
    if (c != '\r' && c != '\n' && c != '\0') {
      out += c;
    }
  }
  out += '\n';
}

}  // namespace

std::string event_text(std::string_view id, std::string_view event, std::string_view text) {
  std::string out;
  out.reserve(id.size() + event.size() + text.size() + 32);
  add_field(out, "id: ", id);
  add_field(out, "event: ", event);
  out += "data: ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair) {
      continue;  // the line feed that follows ends the line
    }
    if (text[i] == '\n' || text[i] == '\r') {
      out += "\ndata: ";
    } else {
      out += text[i];
    }
  }
  out += "\n\n";
  return out;
}

void StreamPort::ended() {
  if (!open) {
    return;
  }
  open = false;
  const auto tasks = std::exchange(on_close, {});
  write = {};
  queued = {};
  close = {};
  on_drain = {};
  for (const auto& task : tasks) {
    task();
  }
}

Stream::Stream(std::shared_ptr<StreamPort> port) : port_(std::move(port)) {}

bool Stream::send(std::string_view id, std::string_view event, std::string_view text) {
  if (!port_->open) {
    return false;
  }
  // The port may be emptied while it writes: the function must outlive its own call.
  const auto write = port_->write;
  return write(event_text(id, event, text));
}

void Stream::on_close(std::function<void()> task) {
  if (!port_->open) {
    task();
    return;
  }
  port_->on_close.push_back(std::move(task));
}

void Stream::on_drain(std::function<void()> task) {
  if (port_->open) {
    port_->on_drain = std::move(task);
  }
}

void Stream::close() {
  if (port_->open) {
    const auto close_it = port_->close;
    close_it();
  }
}

bool Stream::open() const {
  return port_->open;
}

std::size_t Stream::queued() const {
  return port_->open ? port_->queued() : 0;
}

}  // namespace protoflow::runtime
