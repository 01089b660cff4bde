// Debian's libxml2 headers pull in ICU's, whose types clash with those of Foundation's own ICU wherever both are imported
// ("'UErrorCode' has different definitions"). Only a struct that we never look into has ICU members.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
