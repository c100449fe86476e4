using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>The sign-in service did not answer, or asks for patience: the sign-in itself is not in question.</summary>
internal sealed class SignInBusyException(string message) : HttpRequestException(message);
