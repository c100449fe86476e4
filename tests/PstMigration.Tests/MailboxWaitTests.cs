using System.Management.Automation;
using PstMigration.Commands;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Waits for the limits of a service, as people see them while a cmdlet runs.</summary>
public sealed class MailboxWaitTests : IDisposable
{
    private readonly EngineSession _session = new(120, null, typeof(WaitingCommand));

    public void Dispose() => _session.Dispose();

    [Fact]
    public void C1_A_wait_is_shown_with_the_time_it_goes_on_and_taken_off_when_it_is_over()
    {
        DateTimeOffset until = DateTimeOffset.UtcNow.AddSeconds(10);
        string time = until.ToLocalTime().ToString("T", System.Globalization.CultureInfo.CurrentCulture);

        PSObject verbose = Assert.Single(_session.InvokeClean($"Test-Waiting '{until:o}' -Verbose 4>&1"), o => o.BaseObject is VerboseRecord);

        Assert.Contains(time, verbose.ToString(), StringComparison.Ordinal);
        Assert.Contains("10,000 requests", verbose.ToString(), StringComparison.Ordinal);
        Assert.Contains(_session.Progress, p => p.RecordType == ProgressRecordType.Processing && p.StatusDescription.Contains(time, StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, _session.Progress[^1].RecordType);
    }

    [Fact]
    public void C1_The_first_long_wait_is_a_warning_as_scripts_show_no_progress()
    {
        DateTimeOffset until = DateTimeOffset.UtcNow.AddMinutes(9);

        PSObject[] said = [.. _session.InvokeClean($"Test-Waiting '{until:o}' -Times 2 -Verbose 3>&1 4>&1")];

        PSObject warning = Assert.Single(said, o => o.BaseObject is WarningRecord);
        Assert.Contains(until.ToLocalTime().ToString("T", System.Globalization.CultureInfo.CurrentCulture), warning.ToString(), StringComparison.Ordinal);
        Assert.Contains("10,000 requests", warning.ToString(), StringComparison.Ordinal);
        Assert.Single(said, o => o.BaseObject is VerboseRecord);
    }
}

/// <summary>Waits for a mailbox, as a transfer does.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Waiting")]
public sealed class WaitingCommand : AsyncCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public DateTimeOffset Until { get; set; }

    [Parameter]
    public int Times { get; set; } = 1;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        using WaitingMailbox mailbox = new();
        using MailboxWaits waits = new(mailbox, Streams);
        for (int i = 0; i < Times; i++)
        {
            await Task.Run(() => mailbox.Tell(new MailboxWait("10,000 requests in 10 minutes", Until)), cancellationToken);
            await Task.Run(() => mailbox.Tell(new MailboxWait("", null)), cancellationToken);
        }
    }
}

/// <summary>A mailbox of which nothing is asked but whether it waits.</summary>
internal sealed class WaitingMailbox : IMailbox
{
    public event Action<MailboxWait>? Waiting;

    public string Address => "taro@example.jp";

    public string DisplayName => Address;

    public MailboxKind Kind => MailboxKind.Sandbox;

    public void Tell(MailboxWait wait) => Waiting?.Invoke(wait);

    public Task<MailboxInfo> GetInfoAsync(Action<string>? log, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<MailboxFolderInfo>> GetFoldersAsync(Action<string>? log, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IItemSource> OpenSourceAsync(Action<string>? log, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IItemTarget> OpenTargetAsync(Action<string>? log, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
