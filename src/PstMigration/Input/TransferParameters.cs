using System.Management.Automation;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>The parameters of cmdlets that copy items and keep a journal of it: which items, and where the journal is.</summary>
public sealed class TransferParameters : ItemFilterParameters
{
    /// <summary>The folder of journals, in place of the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalFolder { get; set; }

    /// <summary>Whether the journal keeps subjects and addresses.</summary>
    [Parameter]
    public SwitchParameter IncludeSubject { get; set; }

    /// <summary>Whether what was written is read again and compared with the source.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>The file a log is kept in.</summary>
    [Parameter]
    [Alias("LogFile")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Whether the system's log is told of runs that end.</summary>
    [Parameter]
    public SwitchParameter EventLog { get; set; }

    /// <summary>Whether a job does it all.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Whether only items older than some age are meant.</summary>
    internal bool HasAge => Before is not null;

    /// <summary>How what was written is opened to be verified; null where that was not asked for.</summary>
    internal Func<CancellationToken, Task<IItemSource>>? Verification(Func<CancellationToken, Task<IItemSource>> open) => Verify ? open : null;

    /// <summary>The log; null where none was asked for. Set by <see cref="OpenLog"/>.</summary>
    internal TransferLog? Log { get; private set; }

    /// <summary>Opens the log that was asked for. Call on the pipeline thread, before anything is copied.</summary>
    /// <param name="cmdlet">Whose location counts.</param>
    /// <param name="tell">Is told what cannot be done.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="MailDataException">LogNotOurs.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void OpenLog(PSCmdlet cmdlet, Action<string> tell, TimeProvider time)
    {
        SystemLog? system = EventLog && SystemLog.IsAvailable ? new SystemLog() : null;
        if (EventLog && system is null)
        {
            tell(Strings.NoEventLog);
        }
        else if (system is not null && !SystemLog.TryRegister())
        {
            tell(Strings.EventSourceNotRegistered);
        }

        if (LogPath is not null || system is not null)
        {
            Log = new TransferLog(
                LogPath is null ? null : FileSystemPaths.Full(cmdlet, LogPath), system, new JournalOptions { IncludeSubject = IncludeSubject, Tell = tell, Time = time });
            Log.Begin(cmdlet.MyInvocation.MyCommand.Name);
        }
    }

    /// <summary>The journals. Call on the pipeline thread.</summary>
    /// <param name="cmdlet">Whose location and clock count.</param>
    /// <param name="tell">Is told where a journal cannot be kept.</param>
    /// <param name="time">The clock.</param>
    internal TransferJournals Journals(PSCmdlet cmdlet, Action<string> tell, TimeProvider time) => new(
        JournalFolder is null ? null : FileSystemPaths.Full(cmdlet, JournalFolder),
        new JournalOptions { IncludeSubject = IncludeSubject, Tell = tell, Time = time });
}
