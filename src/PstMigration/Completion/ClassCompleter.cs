using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PstMigration.Completion;

/// <summary>Offers the message classes of Outlook's items.</summary>
public sealed class ClassCompleter : IArgumentCompleter
{
    // [MS-OXCMSG] 2.2.1.3 and the protocols of each kind.
    private static readonly string[] s_classes =
    [
        "IPM.Note", "IPM.Note.SMIME", "IPM.Note.SMIME.MultipartSigned", "IPM.Appointment", "IPM.Contact", "IPM.DistList", "IPM.Task", "IPM.StickyNote", "IPM.Activity",
        "IPM.Post", "IPM.Document", "IPM.Schedule.Meeting.Request", "IPM.Schedule.Meeting.Canceled", "IPM.Schedule.Meeting.Resp.*", "REPORT.IPM.Note.*",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => Offers.Of(wordToComplete, s_classes);
}
