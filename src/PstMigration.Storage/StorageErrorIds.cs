using PstMigration.Mapi;

namespace PstMigration.Storage;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of database files. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class StorageErrorIds
{
    public static readonly ErrorId FileDamaged = new(nameof(FileDamaged), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId FileInUse = new(nameof(FileInUse), ErrorKind.InUse, Strings.ResourceManager);
    public static readonly ErrorId FileNotRecognized = new(nameof(FileNotRecognized), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId FileTooNew = new(nameof(FileTooNew), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId SqliteMissing = new(nameof(SqliteMissing), ErrorKind.NotInstalled, Strings.ResourceManager);
}
