using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>A request was not sent because getting a token for it failed on the way: it may be tried again, whatever it is.</summary>
internal sealed class NothingSentException(Exception inner) : HttpRequestException(inner.Message, inner);
