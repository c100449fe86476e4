using System.Management.Automation;

namespace PstMigration.Commands;

/// <summary>
/// Shows how far something is, at most five times a second: a console spends more time drawing than a mailbox answering.
/// Call from any thread, one at a time.
/// </summary>
public sealed class CommandProgress : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly AsyncCommand _command;
    private readonly int _activityId;
    private readonly string _activity;
    private long _shownAt;
    private bool _shown;

    internal CommandProgress(AsyncCommand command, int activityId, string activity)
    {
        _command = command;
        _activityId = activityId;
        _activity = Text(activity);
    }

    /// <summary>Shows where things stand, or nothing if the last was just shown.</summary>
    /// <param name="status">What is being done; may hold text from mail.</param>
    /// <param name="fraction">How much is done, 0 to 1; null where nobody knows.</param>
    public void Report(string status, double? fraction = null)
    {
        long now = _command.Clock.GetTimestamp();
        if (_shown && _command.Clock.GetElapsedTime(_shownAt, now) < s_interval)
        {
            return;
        }

        _shown = true;
        _shownAt = now;
        _command.ShowProgress(new ProgressRecord(_activityId, _activity, Text(status))
        {
            PercentComplete = fraction is double f ? (int)(Math.Max(0, Math.Min(1, f)) * 100) : -1,
        });
    }

    /// <summary>Takes it off the screen.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            _shown = false;
            _command.ShowProgress(Completed(_activityId));
        }
    }

    internal static ProgressRecord Completed(int activityId) =>
        new(activityId, "-", "-") { RecordType = ProgressRecordType.Completed };

    // A record refuses empty text.
    private static string Text(string text) => string.IsNullOrWhiteSpace(text) ? "-" : SafeText.Show(text);
}
