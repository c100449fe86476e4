using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Tells what goes wrong with one item or one folder, after which the others go on, from what ends a run.</summary>
internal static class Fault
{
    /// <summary>Whether it is of one item or folder: anything but an error that ends the run, a full disk, and the stop that was asked for.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="stop">Stops the run.</param>
    public static bool IsOfOne(Exception e, CancellationToken stop) =>
        e is not MailDataException { EndsRun: true } && !DiskSpace.IsExhausted(e) && !(e is OperationCanceledException && stop.IsCancellationRequested);

    /// <summary>The same as an error that can be told and looked for.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="error">What it is where it does not say itself.</param>
    public static MailDataException Explain(Exception e, ErrorId error) => e switch
    {
        MailDataException known => known,
        OutOfMemoryException memory => OutOfMemory.Explain(memory),
        IOException or UnauthorizedAccessException => new MailDataException(error, e.Message, e),
        // A fault of ours, or of a library: its type has to be told too.
        _ => new MailDataException(error, LocalText.Format(Strings.UnexpectedError, e.Message, e.GetType().Name), e),
    };
}
