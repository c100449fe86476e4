<#
.SYNOPSIS
    Lets an application open some mailboxes and no other (RBAC for Applications in Exchange Online).

.DESCRIPTION
    Run it once, as an administrator, after Connect-ExchangeOnline. Mail permissions that were granted to the application in Entra reach every mailbox and are not held back by this: remove
    them there first. A change takes up to two hours to be seen.

    The mailboxes are those of a mail-enabled security group, so that later only the group has to be changed.

.PARAMETER AppId
    The Application (client) ID.

.PARAMETER ObjectId
    The object id of the application under Enterprise applications (not that under App registrations).

.PARAMETER Group
    The group whose members are the mailboxes, by address.

.PARAMETER Role
    What the application may do there.

.EXAMPLE
    .\Limit-ApplicationMailbox.ps1 -AppId $appId -ObjectId $objectId -Group pst-migration@contoso.com -WhatIf

    Shows what would be done.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [Parameter(Mandatory = $true)] [guid] $AppId,
    [Parameter(Mandatory = $true)] [guid] $ObjectId,
    [Parameter(Mandatory = $true)] [string] $Group,
    [string[]] $Role = @('Application Mail.ReadWrite', 'Application Contacts.ReadWrite', 'Application Calendars.ReadWrite')
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$name = 'PstMigration'
$members = (Get-DistributionGroup -Identity $Group).DistinguishedName
$scope = $name + ' ' + $Group

if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $AppId })) {
    if ($PSCmdlet.ShouldProcess($AppId, 'New-ServicePrincipal')) {
        $null = New-ServicePrincipal -AppId $AppId -ObjectId $ObjectId -DisplayName $name
    }
}

if (-not (Get-ManagementScope | Where-Object { $_.Name -eq $scope })) {
    if ($PSCmdlet.ShouldProcess($scope, 'New-ManagementScope')) {
        $null = New-ManagementScope -Name $scope -RecipientRestrictionFilter "MemberOfGroup -eq '$($members.Replace("'", "''"))'"
    }
}

foreach ($one in $Role) {
    if ($PSCmdlet.ShouldProcess("$one, $scope", 'New-ManagementRoleAssignment')) {
        $null = New-ManagementRoleAssignment -App $AppId -Role $one -CustomResourceScope $scope
    }
}

# What is true now, for a mailbox in the group and for one outside it.
'Check: Test-ServicePrincipalAuthorization -Identity {0} -Resource taro@contoso.com | Format-Table RoleName, GrantedPermissions, InScope' -f $AppId
