// What the pages of links say, in French, English and Arabic: neutral words, as in mails.
#pragma once

#include "runtime/mail/mail_words.hpp"

namespace protoflow::runtime::door_words {

// clang-format off
inline constexpr MailPhrase kSignIn = {"Se connecter", "Sign in", "تسجيل الدخول"};
inline constexpr MailPhrase kSignInHow = {
    "Appuyez sur le bouton pour vous connecter sur cet appareil. Ce lien ne sert qu’une fois.",
    "Press the button to sign in on this device. This link works once.",
    "اضغطوا على الزر لتسجيل الدخول على هذا الجهاز. يُستعمل هذا الرابط مرة واحدة فقط."};
inline constexpr MailPhrase kNotYou = {
    "Vous n’avez rien demandé\u00A0? Fermez cette page\u00A0: rien ne se passera.",
    "You asked for nothing? Close this page: nothing will happen.",
    "لم تطلبوا شيئا؟ أغلقوا هذه الصفحة ولن يحدث أي شيء."};
inline constexpr MailPhrase kSignedIn = {"Vous êtes connecté·e", "You are signed in", "تم تسجيل الدخول"};
inline constexpr MailPhrase kSignedInHow = {
    "La connexion dure douze heures sur cet appareil. Sur un appareil partagé, déconnectez-vous en partant.",
    "You stay signed in for twelve hours on this device. On a shared device, sign out when you leave.",
    "يستمر تسجيل الدخول اثنتي عشرة ساعة على هذا الجهاز. إذا كان الجهاز مشتركا، سجلوا الخروج عند المغادرة."};
inline constexpr MailPhrase kContinue = {"Continuer", "Continue", "متابعة"};
inline constexpr MailPhrase kSignOut = {"Se déconnecter", "Sign out", "تسجيل الخروج"};
inline constexpr MailPhrase kSignedOut = {"Vous êtes déconnecté·e", "You are signed out", "تم تسجيل الخروج"};
inline constexpr MailPhrase kUnknownLink = {"Ce lien n’ouvre rien", "This link opens nothing", "هذا الرابط لا يفتح شيئا"};
inline constexpr MailPhrase kUnknownLinkHow = {
    "Il est incomplet, ou il n’existe plus. Recopiez-le en entier, ou demandez-en un autre.",
    "It is incomplete, or it is gone. Copy all of it, or ask for another one.",
    "الرابط ناقص أو لم يعد موجودا. انسخوه كاملا أو اطلبوا رابطا آخر."};
inline constexpr MailPhrase kUsedLink = {"Ce lien a déjà servi", "This link has been used", "سبق استعمال هذا الرابط"};
inline constexpr MailPhrase kUsedLinkHow = {
    "Il ne sert qu’une fois. Demandez-en un autre. Si ce n’était pas vous, dites-le à la personne qui vous suit ou qui coordonne.",
    "It works once. Ask for another one. If it was not you, tell whoever coordinates.",
    "يُستعمل مرة واحدة فقط. اطلبوا رابطا آخر. إذا لم تكونوا أنتم من استعمله، فأخبروا المسؤول عن التنسيق."};
inline constexpr MailPhrase kOldLink = {"Ce lien n’est plus valable", "This link is too old", "انتهت صلاحية هذا الرابط"};
inline constexpr MailPhrase kOldLinkOn = {"Il a pris fin le", "It ended on", "انتهت صلاحيته في"};
inline constexpr MailPhrase kAskAgain = {"Demandez-en un autre.", "Ask for another one.", "اطلبوا رابطا آخر."};
inline constexpr MailPhrase kNotNow = {"Réessayez dans un instant", "Try again in a moment", "حاولوا مرة أخرى بعد قليل"};
inline constexpr MailPhrase kNotNowHow = {
    "Rien n’a été perdu, et le lien reste valable.",
    "Nothing was lost, and the link still works.",
    "لم يُفقد أي شيء، والرابط ما زال صالحا."};
inline constexpr MailPhrase kEndedOn = {"Cette demande a pris fin le", "This request ended on", "انتهى هذا الطلب في"};
inline constexpr MailPhrase kAnswered = {
    "Votre réponse a été enregistrée. Si ce n’était pas vous, dites-le à la personne qui coordonne.",
    "Your answer was recorded. If it was not you, tell whoever coordinates.",
    "تم تسجيل جوابكم. إذا لم تكونوا أنتم من أجاب، فأخبروا المسؤول عن التنسيق."};
inline constexpr MailPhrase kYours = {"Vous avez déjà dit oui", "You have said yes already", "لقد وافقتم من قبل"};
inline constexpr MailPhrase kTaken = {
    "Quelqu’un d’autre s’en charge déjà", "Somebody else has taken it on", "تكفّل به شخص آخر"};
inline constexpr MailPhrase kOver = {
    "Cela ne vous est plus demandé", "This is not asked of you any more", "لم يعد هذا مطلوبا منكم"};
inline constexpr MailPhrase kNotPossible = {
    "Ce n’est pas possible en ce moment", "This is not possible now", "هذا غير ممكن حاليا"};
inline constexpr MailPhrase kTake = {"Je m’en charge", "I take it on", "أتكفّل بذلك"};
inline constexpr MailPhrase kDecline = {"Je ne peux pas", "I cannot", "لا أستطيع"};
inline constexpr MailPhrase kAccept = {"J’accepte", "I accept", "أوافق"};
inline constexpr MailPhrase kRefuse = {"Je refuse", "I refuse", "أرفض"};
inline constexpr MailPhrase kWhy = {
    "Si vous dites non, dites pourquoi en quelques mots",
    "If you say no, say why in a few words",
    "إذا كان جوابكم بالرفض، فاذكروا السبب في بضع كلمات"};
inline constexpr MailPhrase kSayWhy = {
    "Dites pourquoi\u00A0: sans raison, votre réponse n’a pas été enregistrée.",
    "Say why: without a reason, your answer was not recorded.",
    "اذكروا السبب: لم يُسجَّل جوابكم بدون سبب."};
inline constexpr MailPhrase kBy = {"Réponse attendue avant le", "Answer awaited by", "الجواب منتظر قبل"};
inline constexpr MailPhrase kSeeMore = {"En savoir plus", "Read more", "لمعرفة المزيد"};
inline constexpr MailPhrase kNoted = {"C’est noté, merci", "Noted, thank you", "تم التسجيل، شكرا لكم"};
inline constexpr MailPhrase kNotedHow = {
    "Votre réponse est enregistrée, et les personnes concernées sont prévenues. Vous pouvez fermer cette page.",
    "Your answer is recorded, and those concerned are told. You may close this page.",
    "تم تسجيل جوابكم وإبلاغ المعنيين. يمكنكم إغلاق هذه الصفحة."};
// clang-format on

}  // namespace protoflow::runtime::door_words
