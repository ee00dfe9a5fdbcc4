# What the check must refuse.
function Broken {
    if ($true { Write-Host "no bracket" }
