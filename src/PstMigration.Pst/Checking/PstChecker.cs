using PstMigration.Pst.Checking;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst;

/// <summary>
/// Checks data files against the rules of <see cref="PstCheckRules"/>, from the header to the rows of the last folder. It shares no
/// code above the structures with the classes that read and write files, so that it can judge both. Memory does not grow with the
/// file but by 32 bytes a block, 32 a node and a bit for every slot of the file.
/// </summary>
public sealed class PstChecker
{
    private readonly TimeProvider _time;

    /// <summary>A checker.</summary>
    /// <param name="time">The clock for durations and progress; the system's by default.</param>
    public PstChecker(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Checks a file; findings come while the check runs, and stop when the caller stops asking.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How much to check.</param>
    /// <param name="progress">Told at most five times a second; on the caller's thread unless it dispatches itself.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PstException">
    /// PstNotFound, PstIsDirectory, PstInUse, PstAccessDenied, PstReadFailed, PstEmpty, PstNotAPst, PstTruncated, PstUnsupported: there
    /// is nothing that could be checked. Thrown when the first finding is asked for; PstReadFailed also later.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<PstFinding> Check(
        string path, PstCheckOptions? options = null, IProgress<PstCheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return Enumerate(path, options ?? PstCheckOptions.Default, progress, cancellationToken);
    }

    /// <summary>Checks a file to the end.</summary>
    /// <inheritdoc cref="Check"/>
    public PstCheckReport CheckAll(
        string path, PstCheckOptions? options = null, IProgress<PstCheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        using IFileBytes file = FileOpener.Open(path);
        return CheckAll(file, path, options ?? PstCheckOptions.Default, progress, cancellationToken);
    }

    /// <summary>Checks the bytes of a file.</summary>
    internal PstCheckReport CheckAll(
        IFileBytes file, string path, PstCheckOptions options, IProgress<PstCheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long start = _time.GetTimestamp();
        PstCheckSession session = PstCheckSession.Open(file, path, options, progress, _time, cancellationToken);
        List<PstFinding> findings = [.. Guard(session, path)];
        return new PstCheckReport(path, findings, session.Omitted, session.Counts, _time.GetElapsedTime(start));
    }

    private IEnumerable<PstFinding> Enumerate(
        string path, PstCheckOptions options, IProgress<PstCheckProgress>? progress, CancellationToken cancellationToken)
    {
        using IFileBytes file = FileOpener.Open(path);
        foreach (PstFinding finding in Guard(PstCheckSession.Open(file, path, options, progress, _time, cancellationToken), path))
        {
            yield return finding;
        }
    }

    private static IEnumerable<PstFinding> Guard(PstCheckSession session, string path)
    {
        using IEnumerator<PstFinding> findings = session.Run().GetEnumerator();
        while (MoveNext(findings, path))
        {
            yield return findings.Current;
        }
    }

    private static bool MoveNext(IEnumerator<PstFinding> findings, string path)
    {
        try
        {
            return findings.MoveNext();
        }
        catch (IOException e)
        {
            throw PstException.ReadFailed(path, e);
        }
    }
}
