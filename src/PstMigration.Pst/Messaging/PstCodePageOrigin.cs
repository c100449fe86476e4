namespace PstMigration.Pst;

/// <summary>Why <see cref="PstFile.CodePage"/> is what it is.</summary>
public enum PstCodePageOrigin : long
{
    /// <summary>It was asked for in <see cref="PstOpenOptions.CodePage"/>.</summary>
    Option,

    /// <summary>Most messages of the file name it.</summary>
    Messages,

    /// <summary>The text of the file looks like it.</summary>
    Detected,

    /// <summary>Nothing tells; Western European was assumed.</summary>
    Default,
}
