using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Sandbox;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>A mailbox on this machine behind the Graph client.</summary>
internal sealed class SandboxEnd : StoreEnd
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "pstmigration-contract-" + Guid.NewGuid().ToString("N"));
    private readonly SandboxMailbox _mailbox;
    private readonly GraphMailboxConnection _connection;

    public SandboxEnd()
    {
        Directory.CreateDirectory(_folder);
        _mailbox = SandboxMailbox.Open(
            Path.Combine(_folder, "rehearsal.mailbox"), new SandboxOptions { Limits = SandboxLimits.Scaled(1000) with { Concurrency = 4 }, VisibilityDelay = TimeSpan.Zero });
        _connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = _mailbox.Address,
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            // Limits are counted for each file.
            ClientId = _folder,
            Handler = _mailbox.CreateHandler(),
        });
    }

    public override bool KeepsFolderClasses => false;

    public override Task<IItemTarget> OpenTargetAsync() => _connection.OpenTargetAsync(null, CancellationToken.None);

    public override Task<IItemSource> OpenSourceAsync() => _connection.OpenSourceAsync(null, CancellationToken.None);

    public override ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _mailbox.Dispose();
        Directory.Delete(_folder, recursive: true);
        return default;
    }
}
