using System.Globalization;
using PstMigration.Mailboxes;
using PstMigration.Sandbox;

namespace PstMigration;

/// <summary>Connects the Graph client to a sandbox in this process. The client does not know the difference.</summary>
internal static class SandboxConnector
{
    // .invalid is reserved (RFC 2606): nothing can be sent there by mistake.
    private static readonly Uri s_address = new("https://graph.sandbox.invalid/v1.0");

    // How far the limits are stretched for who does not want them: beyond any rehearsal.
    private const int Unthrottled = 10_000;

    internal static async Task<MsMailbox> ConnectAsync(
        string path, string? address, CultureInfo language, bool noThrottling, Action<string> log, CancellationToken cancellationToken)
    {
        SandboxMailbox sandbox = SandboxMailbox.Open(path, new SandboxOptions
        {
            Address = address,
            Language = language,
            Limits = noThrottling ? SandboxLimits.Scaled(Unthrottled) : new SandboxLimits(),
        });
        GraphMailboxConnection? connection = null;
        try
        {
            MailboxLimits published = new();
            connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
            {
                Address = sandbox.Address,
                IsSignedInUser = true,
                Kind = MailboxKind.Sandbox,
                BaseAddress = s_address,
                // Two files may have one address; limits are counted for each file.
                ClientId = path,
                Handler = sandbox.CreateHandler(),
                Limits = noThrottling
                    ? published with { Requests = published.Requests * Unthrottled, UploadBytes = published.UploadBytes * Unthrottled }
                    : published,
            });
            MailboxInfo info = await connection.GetInfoAsync(log, cancellationToken).ConfigureAwait(false);
            return new MsMailbox(connection, info, path, sandbox);
        }
        catch
        {
            connection?.Dispose();
            sandbox.Dispose();
            throw;
        }
    }
}
