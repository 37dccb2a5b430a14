// The one translation unit that holds the compiled part of Asio and Beast; everybody else sees
// declarations.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
