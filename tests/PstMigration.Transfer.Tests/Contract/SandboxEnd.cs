using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Sandbox;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>A mailbox behind the Graph client, kept in a file.</summary>
internal sealed class SandboxEnd : StoreEnd
{
    private const int Unthrottled = 10_000;

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-contract-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly SandboxMailbox _sandbox;
    private readonly GraphMailboxConnection _mailbox;

    public SandboxEnd()
    {
        _sandbox = SandboxMailbox.Open(Path.Combine(_folder, "a.mailbox"), new SandboxOptions { Limits = SandboxLimits.Scaled(Unthrottled) });
        MailboxLimits published = new();
        _mailbox = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = _sandbox.Address,
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            ClientId = _folder,
            Handler = _sandbox.CreateHandler(),
            Limits = published with { Requests = published.Requests * Unthrottled, UploadBytes = published.UploadBytes * Unthrottled },
        });
    }

    public override bool KeepsFolderClasses => false;

    public override Task<IItemTarget> OpenTargetAsync() => _mailbox.OpenTargetAsync(null, CancellationToken.None);

    public override Task<IItemSource> OpenSourceAsync() => _mailbox.OpenSourceAsync(null, CancellationToken.None);

    public override ValueTask DisposeAsync()
    {
        _mailbox.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
        return default;
    }
}
