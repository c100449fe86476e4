namespace PstMigration.Mapi;

/// <summary>What RTF was made from ([MS-OXRTFEX]).</summary>
public enum RtfEncapsulation
{
    /// <summary>Nothing: it was written as RTF.</summary>
    None,

    /// <summary>HTML; the original can be taken out.</summary>
    Html,

    /// <summary>Plain text; the original can be taken out.</summary>
    Text,
}
