using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// A request to an address the service gave out, such as an <c>uploadUrl</c>. The address carries its own secret: it never
/// gets a bearer header, whatever its host, and is never logged.
/// </summary>
internal sealed class SessionRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address);
