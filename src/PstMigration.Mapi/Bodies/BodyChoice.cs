namespace PstMigration.Mapi;

/// <summary>Why an item's body is shown in the form it is shown in.</summary>
public enum BodyChoice
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>No other form is stored that says anything.</summary>
    Only,

    /// <summary>The item itself says in which form it was written (PidTagNativeBody).</summary>
    Declared,

    /// <summary>HTML is stored as such, and comes before RTF and text.</summary>
    Html,

    /// <summary>The RTF says what the text says.</summary>
    SameText,

    /// <summary>The item itself says that its RTF was brought into agreement with its text (PidTagRtfInSync).</summary>
    RtfInSync,

    /// <summary>The RTF and the text differ in parts, and nothing says which is newer: the RTF, as Outlook does.</summary>
    RtfBeforeText,

    /// <summary>The text was changed after the RTF: PidTagRtfInSync says so, or the RTF has little in common with it.</summary>
    TextIsNewer,

    /// <summary>What was to be shown cannot be read, or not to its end.</summary>
    Damaged,
}
