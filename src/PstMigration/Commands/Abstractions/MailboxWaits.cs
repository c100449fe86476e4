using System.Globalization;
using PstMigration.Mailboxes;

namespace PstMigration.Commands;

/// <summary>
/// Shows while a cmdlet runs that its mailbox has to wait because of the service's limits, and until when: as progress, as verbose text, and the first long wait as a warning, since
/// scripts show no progress. A cmdlet that is silent for minutes looks as if it had stopped.
/// </summary>
internal sealed class MailboxWaits : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    private readonly IMailbox _mailbox;
    private readonly CommandStreams _streams;
    private readonly object _lock = new();
    private CommandProgress? _progress;
    private bool _hasWarned;

    /// <summary>Begins to listen.</summary>
    public MailboxWaits(IMailbox mailbox, CommandStreams streams)
    {
        _mailbox = mailbox;
        _streams = streams;
        mailbox.Waiting += Show;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mailbox.Waiting -= Show;
        End();
    }

    private void Show(MailboxWait wait)
    {
        if (wait.Until is not DateTimeOffset until)
        {
            End();
            return;
        }

        string text = LocalText.Format(Strings.WaitingUntil, until.ToLocalTime().ToString("T", CultureInfo.CurrentCulture), wait.Reason);
        bool isFirst;
        lock (_lock)
        {
            isFirst = !_hasWarned && until - _streams.Clock.GetUtcNow() >= s_long;
            _hasWarned |= isFirst;
            _progress ??= _streams.Progress(LocalText.Format(Strings.ActivityWaiting, _mailbox.Address));
            _progress.Report(text);
        }

        (isFirst ? _streams.Warning : _streams.Verbose)(_mailbox.Address + ": " + text);
    }

    private void End()
    {
        lock (_lock)
        {
            _progress?.Dispose();
            _progress = null;
        }
    }
}
