using PstMigration.Transfer.Compat;

namespace PstMigration.Transfer;

/// <summary>
/// The log of the system: on Windows the event log Application, source PstMigration. An event for each run that ends: 1000 where all is well, 1001 where something was skipped or lost,
/// 1002 where something failed or the run did.
/// </summary>
public sealed class SystemLog
{
    private const string Source = "PstMigration";
    private const int LongestText = 30_000;

    private bool _isTold;

    /// <summary>Whether this system has one.</summary>
    public static bool IsAvailable => WindowsEventLog.IsAvailable;

    /// <summary>
    /// Enters the source, which takes an administrator, and once for each computer. Without that events are written all the same; Windows then shows their text behind a
    /// sentence of its own.
    /// </summary>
    /// <returns>Whether it is entered.</returns>
    public static bool TryRegister() => WindowsEventLog.TryRegister(Source);

    /// <summary>Writes an event. Where that fails it is told of once.</summary>
    internal void Write(LogLevel level, string message, Action<string> tell)
    {
        string text = LogText.Escape(message);
        int error = WindowsEventLog.Write(Source, level, 1000 + (int)level, text.Length <= LongestText ? text : text.Substring(0, LongestText));
        if (error != 0 && !_isTold)
        {
            _isTold = true;
            tell(LocalText.Format(Strings.EventLogNotKept, error));
        }
    }
}
