using System.Globalization;
using PstMigration.Errors;
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

    /// <summary>Opens a sandbox, or gives the connection this session has to it.</summary>
    /// <param name="registry">The connections of the session.</param>
    /// <param name="path">The full path of its file.</param>
    /// <param name="address">The address of a new one; null for one by the name of the file.</param>
    /// <param name="culture">The language of the folders of a new one; null for the session's.</param>
    /// <param name="noThrottling">Whether to leave out the service's limits.</param>
    /// <param name="warn">Takes what of this has no effect.</param>
    /// <param name="log">Takes requests.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Mapi.MailDataException">AddressInvalid, or as of <see cref="SandboxMailbox.Open"/>.</exception>
    internal static async Task<MsMailbox> ConnectAsync(
        MailboxRegistry registry, string path, string? address, CultureInfo? culture, bool noThrottling, Action<string> warn, Action<string> log, CancellationToken cancellationToken)
    {
        if (address is not null && !AddressText.IsAddress(address))
        {
            throw AccountErrors.AddressInvalid(address);
        }

        bool isNew = !File.Exists(path);
        if (!isNew && culture is not null)
        {
            warn(LocalText.Format(Strings.SandboxExists, path, "-Culture"));
        }
        else if (culture is not null && culture.TwoLetterISOLanguageName is not ("en" or "ja"))
        {
            warn(LocalText.Format(Strings.SandboxLanguage, culture.Name));
        }

        MsMailbox mailbox = registry.FindSandbox(path)
            ?? await OpenAsync(path, address ?? (isNew ? AddressOf(path) : null), culture ?? CultureInfo.CurrentUICulture, noThrottling, log, cancellationToken).ConfigureAwait(false);
        if (address is not null && !string.Equals(mailbox.Address, address, StringComparison.OrdinalIgnoreCase))
        {
            warn(LocalText.Format(Strings.SandboxAddress, path, mailbox.Address));
        }

        registry.Add(mailbox);
        return mailbox;
    }

    // The archive of a.mailbox is a.archive.mailbox beside it, where there is one.
    private static string? ArchiveOf(string path)
    {
        string beside = Path.ChangeExtension(path, ".archive" + Path.GetExtension(path));
        return File.Exists(beside) ? beside : null;
    }

    // Two sandboxes of one session are told apart by their addresses.
    private static string? AddressOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.Length > 0 && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_') ? name + "@sandbox.invalid" : null;
    }

    /// <summary>Opens a sandbox, whoever has a connection to it.</summary>
    internal static async Task<MsMailbox> OpenAsync(
        string path, string? address, CultureInfo language, bool noThrottling, Action<string> log, CancellationToken cancellationToken)
    {
        SandboxMailbox sandbox = SandboxMailbox.Open(path, new SandboxOptions
        {
            Address = address,
            Language = language,
            Limits = noThrottling ? SandboxLimits.Scaled(Unthrottled) : new SandboxLimits(),
            ArchivePath = ArchiveOf(path),
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
