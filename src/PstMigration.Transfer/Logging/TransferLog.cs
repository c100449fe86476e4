using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// A log of transfers in a text file: a line for each thing somebody may want to look up later, with the time in UTC, how much it matters, what it is called in every language, the id of
/// the transfer and what is to be said. Columns are parted by tabs; whatever is said holds none, and stays in its line. Items that arrived whole have no line: the journal
/// has them. Several commands and processes may write to one file. For several threads.
/// </summary>
/// <remarks>A file of 10 MB gets the name with <c>.1</c> behind it, and what had that name <c>.2</c>, to <c>.5</c>.</remarks>
public sealed class TransferLog
{
    /// <summary>How each file begins.</summary>
    public const string Header = "#Fields: time\tlevel\tevent\ttransfer\tmessage";

    private const int MostPending = 100;
    private static readonly TimeSpan s_longestPending = TimeSpan.FromSeconds(1);

    private readonly LogFile? _file;
    private readonly SystemLog? _system;
    private readonly Action<string> _tell;
    private readonly TimeProvider _time;
    private readonly JournalPrivacy _privacy;
    private readonly List<string> _pending = [];
    private readonly object _lock = new();
    private long _flushed;
    private bool _isLost;

    /// <param name="path">The file; null for none.</param>
    /// <param name="system">The log of the system; null for none.</param>
    /// <param name="options">Whether subjects are kept, who is told that the log cannot be kept any longer, and the clock.</param>
    public TransferLog(string? path, SystemLog? system, JournalOptions options)
    {
        options = options ?? throw new ArgumentNullException(nameof(options));
        _time = options.Time;
        _tell = options.Tell;
        _privacy = new JournalPrivacy(options.IncludeSubject);
        _file = path is null ? null : new LogFile(path, Header, _time);
        _system = system;
    }

    /// <summary>Writes the first line of a command.</summary>
    /// <param name="command">What is run.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="TransferException">LogNotOurs: the file is no log of transfers.</exception>
    public void Begin(string command)
    {
        _flushed = _time.GetTimestamp();
        _file?.Append(Line(LogLevel.Information, "CommandStarted", "", "command=" + Quote(command)));
    }

    /// <summary>Writes a line. A file that cannot be written any longer is told of once, and nothing more is written.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="name">What it is called, one word.</param>
    /// <param name="transfer">The id of the transfer; empty where there is none yet.</param>
    /// <param name="message">What is to be said.</param>
    /// <param name="mayWait">Whether it may be written with others, within a second of the next.</param>
    public void Write(LogLevel level, string name, string transfer, string message, bool mayWait = false)
    {
        lock (_lock)
        {
            if (_file is null || _isLost)
            {
                return;
            }

            _pending.Add(Line(level, name, transfer, message));
            if (mayWait && _pending.Count < MostPending && _time.GetElapsedTime(_flushed) < s_longestPending)
            {
                return;
            }

            try
            {
                _file.Append(string.Join(Environment.NewLine, _pending));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or TransferException)
            {
                _isLost = true;
                _tell(LocalText.Format(Strings.LogNotKept, e.Message));
            }

            _pending.Clear();
            _flushed = _time.GetTimestamp();
        }
    }

    /// <summary>What an item is told by: as a journal would, without subjects and addresses unless they were asked for.</summary>
    internal string Describe(ItemResult result)
    {
        List<string> parts = ["folder=" + Quote(result.Folder.ToString()), "key=" + Quote(result.Key.ToString()), "class=" + Quote(result.Summary.MessageClass ?? "")];
        if (_privacy.Subject(result.Summary.Subject) is string subject)
        {
            parts.Add("subject=" + Quote(subject));
        }

        if (result.Losses.Count > 0)
        {
            parts.Add("losses=" + string.Join(",", result.Losses.GroupBy(l => l.Kind).Select(g => g.Key + ":" + g.Count().ToString(CultureInfo.InvariantCulture))));
        }

        if (result.Written.ReasonId is string reasonId)
        {
            parts.Add("reason=" + reasonId);
        }

        if (_privacy.Clean(result.Written.Reason, result.Summary.Subject) is string reason)
        {
            parts.Add("text=" + Quote(reason));
        }

        return string.Join(" ", parts);
    }

    /// <summary>Tells the log of the system that a run has ended.</summary>
    internal void TellSystem(LogLevel level, string message) => _system?.Write(level, message, _tell);

    /// <summary>A value that cannot end before its end.</summary>
    internal static string Quote(string value) => "'" + LogText.Escape(value).Replace("'", "\\'") + "'";

    private string Line(LogLevel level, string name, string transfer, string message) => string.Join(
        "\t",
        _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        level.ToString(),
        name,
        transfer.Length == 0 ? "-" : transfer,
        LogText.Escape(message));
}
