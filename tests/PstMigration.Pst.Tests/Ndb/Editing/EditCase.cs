using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Tests.Messaging;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>
/// A spoilt copy of a file, by number, and edits of it: all that could be read has to read the same, with nothing new for the checker, pffinfo and
/// pffexport to find; or the file is refused and stays as it is.
/// </summary>
internal sealed class EditCase
{
    private readonly int _number;
    private readonly EditTrial _trial;
    private readonly Lazy<ForeignView> _foreign;

    public EditCase(byte[] original, int number)
    {
        // Two of three at what edits rely on, one at anything.
        Spoilt = number % 3 == 0 ? Mutator.Change(original, number) : NdbMutator.Change(original, number);
        _number = number;
        _trial = new EditTrial(Spoilt);
        _foreign = new Lazy<ForeignView>(() => ForeignView.Take(Spoilt));
    }

    /// <summary>The spoilt file.</summary>
    public byte[] Spoilt { get; }

    /// <summary>
    /// Adds and deletes; every fourth also as if the file were so large that it is verified beside the first commits, and of these every other not
    /// before the end.
    /// </summary>
    /// <returns>What was done, what became of it, and what is wrong with that.</returns>
    public IEnumerable<(string Name, EditOutcome Outcome, string? Wrong)> Run()
    {
        yield return Judge("add", _trial.Add(), isLater: false);
        yield return Judge("delete", _trial.Delete(), isLater: false);
        if (_number % 4 == 0)
        {
            HeldScheduler scheduler = new();
            Action? between = _number % 8 == 0 ? scheduler.Release : null;
            yield return Judge("add, verified later", _trial.Add(new VerificationPlan(0, scheduler), between), isLater: true);
            yield return Judge("delete, verified later", _trial.Delete(new VerificationPlan(0, scheduler), between), isLater: true);
        }
    }

    // Where damage is found only later, what it hid until then may be found, too: no loss, and no work of the edit.
    private (string Name, EditOutcome Outcome, string? Wrong) Judge(string name, EditOutcome outcome, bool isLater)
    {
        string? wrong = isLater ? outcome.Loss : outcome.Wrong;
        if (wrong is null && ForeignView.IsPossible && !outcome.After.AsSpan().SequenceEqual(Spoilt))
        {
            wrong = _foreign.Value.FindLoss(ForeignView.Take(outcome.After), outcome.Gone.IsNone ? 0 : 1, added: 2, withComplaints: !isLater);
        }

        return (name, outcome, wrong);
    }
}
