#ifndef CCURL_H
#define CCURL_H

// libcurl's variadic functions, one typed function for each kind of argument: Swift cannot call variadic ones.
// The handles are libcurl's own; nothing here keeps state.

#include <curl/curl.h>
#include <stddef.h>
#include <stdint.h>

// curl_global_init, once however often it is called, and from any thread. 0 on success.
int ccurl_global_init(void);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *list);
// Copies the body.
CURLcode ccurl_set_body(CURL *easy, const uint8_t *bytes, size_t count);

typedef size_t (*ccurl_receive)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_set_body_callback(CURL *easy, ccurl_receive callback, void *context);
CURLcode ccurl_set_header_callback(CURL *easy, ccurl_receive callback, void *context);

// Judges an address in network byte order (4 bytes for IPv4, 16 for IPv6) before a socket is opened to it: 1 allows it.
// An address of any other family is refused without asking.
typedef int (*ccurl_judge)(const uint8_t *address, size_t count, void *context);
// `judge` must point to memory that outlives the transfer.
struct ccurl_gate {
  ccurl_judge judge;
  void *context;
};
CURLcode ccurl_set_gate(CURL *easy, struct ccurl_gate *gate);

CURLcode ccurl_set_context(CURL *easy, void *context);
// Null if none was set.
void *ccurl_context(CURL *easy);
// 0 if libcurl does not know.
long ccurl_get_long(CURL *easy, CURLINFO info);

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
// The next finished transfer and its result, or null.
CURL *ccurl_next_done(CURLM *multi, CURLcode *result);
// Waits for network activity, a wake-up or the time; never longer.
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);

#endif
