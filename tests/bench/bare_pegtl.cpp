#include "tests/bench/bare_pegtl.hpp"

#include <tao/pegtl.hpp>

namespace protoflow::bench {
namespace {

namespace pegtl = tao::pegtl;

// clang-format off
struct letter : pegtl::sor<pegtl::ranges<'a', 'z', 'A', 'Z'>, pegtl::utf8::range<0xC0, 0x2AF>> {};
struct name_end : pegtl::not_at<pegtl::sor<letter, pegtl::digit, pegtl::one<'-', '_'>>> {};
struct name : pegtl::seq<letter, pegtl::star<pegtl::sor<letter, pegtl::digit, pegtl::one<'-', '_'>>>> {};
struct blanks : pegtl::star<pegtl::one<' ', '\t'>> {};
struct comment : pegtl::if_must<pegtl::one<'#'>, pegtl::until<pegtl::at<pegtl::eolf>, pegtl::utf8::any>> {};
struct text : pegtl::if_must<pegtl::one<'"'>, pegtl::until<pegtl::one<'"'>, pegtl::utf8::any>> {};
struct number : pegtl::seq<pegtl::digit, pegtl::star<pegtl::sor<pegtl::digit, pegtl::one<'-', ':', '.'>>>> {};
struct sign : pegtl::sor<pegtl::one<',', '<', '>', '=', '(', ')', '\'', '/'>, pegtl::utf8::one<0x2019>> {};

struct first_word : pegtl::sor<
    TAO_PEGTL_STRING("protocole"), TAO_PEGTL_STRING("version"), TAO_PEGTL_STRING("objectif"),
    TAO_PEGTL_STRING("public"), TAO_PEGTL_STRING("coordonné par"), TAO_PEGTL_STRING("fuseau horaire"),
    TAO_PEGTL_STRING("calendrier"), TAO_PEGTL_STRING("jours ouvrés"), TAO_PEGTL_STRING("heures"),
    TAO_PEGTL_STRING("fermé le"), TAO_PEGTL_STRING("besoin"), TAO_PEGTL_STRING("compétence"),
    TAO_PEGTL_STRING("partenaire"), TAO_PEGTL_STRING("apporte"), TAO_PEGTL_STRING("rôle"),
    TAO_PEGTL_STRING("tenu par"), TAO_PEGTL_STRING("information"), TAO_PEGTL_STRING("vue par"),
    TAO_PEGTL_STRING("phase"), TAO_PEGTL_STRING("étape"), TAO_PEGTL_STRING("après"), TAO_PEGTL_STRING("quand"),
    TAO_PEGTL_STRING("responsable"), TAO_PEGTL_STRING("avec"), TAO_PEGTL_STRING("répond à"),
    TAO_PEGTL_STRING("acceptée sous"), TAO_PEGTL_STRING("sous"), TAO_PEGTL_STRING("rappel"),
    TAO_PEGTL_STRING("si retard"), TAO_PEGTL_STRING("recueille"), TAO_PEGTL_STRING("conseil"),
    TAO_PEGTL_STRING("rendez-vous"), TAO_PEGTL_STRING("pour"), TAO_PEGTL_STRING("tous les"),
    TAO_PEGTL_STRING("toutes les"), TAO_PEGTL_STRING("fin"), TAO_PEGTL_STRING("compte comme"),
    TAO_PEGTL_STRING("à tout moment par")> {};

struct piece : pegtl::sor<text, number, name, sign> {};
struct line : pegtl::seq<blanks, pegtl::opt<first_word, name_end>, pegtl::star<blanks, piece>, blanks,
                         pegtl::opt<comment>, pegtl::eolf> {};
struct file : pegtl::seq<pegtl::star<pegtl::not_at<pegtl::eof>, line>, pegtl::eof> {};

// clang-format on

}  // namespace

bool recognised_by_pegtl(std::string_view source) {
  using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;
  Input in(source.data(), source.data() + source.size(), "");
  return pegtl::parse<file>(in);
}

}  // namespace protoflow::bench
