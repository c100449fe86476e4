namespace PstMigration.Mailboxes;

/// <summary>
/// How many requests at once the service bears, by what it says: one fewer after each refusal for want of a place (MailboxConcurrency), as others may have taken them,
/// and one more after a run of answers. Not thread-safe.
/// </summary>
internal sealed class Pace
{
    private const int AnswersUntilMore = 20;
    private readonly int _most;
    private int _answers;

    public Pace(int most) => Current = _most = most;

    /// <summary>Requests at once, at least one.</summary>
    public int Current { get; private set; }

    /// <summary>The service refused a request for want of a place.</summary>
    public void Refuse()
    {
        _answers = 0;
        Current = Math.Max(1, Current - 1);
    }

    /// <summary>The service answered a request.</summary>
    public void Answer()
    {
        if (Current < _most && ++_answers == AnswersUntilMore)
        {
            _answers = 0;
            Current++;
        }
    }
}
