namespace PstMigration.Mapi;

/// <summary>What a body is written in.</summary>
public enum BodyFormat
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>HTML.</summary>
    Html,

    /// <summary>RTF that was written as RTF.</summary>
    Rtf,
}
